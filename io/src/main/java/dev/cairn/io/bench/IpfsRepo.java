package dev.cairn.io.bench;

import dev.cairn.io.block.Waits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A fresh repo of {@code ipfs} in a temporary folder, without a daemon and without a network. */
final class IpfsRepo {
  private final Path binary;
  private final Scratch scratch;

  private IpfsRepo(Path binary, Scratch scratch) {
    this.binary = binary;
    this.scratch = scratch;
  }

  /** Makes a repo that adds in the profile that Cairn writes. */
  static IpfsRepo create(Path binary, Scratch scratch) throws IOException {
    IpfsRepo repo = new IpfsRepo(binary, scratch);
    repo.run("init", "--empty-repo", "--profile=test");
    repo.run("config", "profile", "apply", "unixfs-v1-2025");
    return repo;
  }

  /** Adds a file or folder and returns its CID. */
  String add(Path path) throws IOException {
    return run("add", "--recursive", "--quieter", path.toString());
  }

  /** Writes a file or folder to a path that does not exist, and returns what it says. */
  String get(String cid, Path target) throws IOException {
    return run("get", "--output", target.toString(), cid);
  }

  /** Runs one command and returns its standard output without surrounding space. */
  private String run(String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of(binary.toString(), "--offline"));
    command.addAll(List.of(words));
    Path errors = scratch.path("ipfs-errors");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().put("IPFS_PATH", scratch.path("ipfs").toString());
    builder.environment().put("IPFS_TELEMETRY", "off");
    Process process = builder.start();
    try (InputStream out = process.getInputStream()) {
      process.getOutputStream().close();
      String result = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
      int code = process.waitFor();
      if (code != 0) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "Cannot run ipfs: %s (exit code %d: %s)",
                String.join(" ", words),
                code,
                Files.readString(errors).strip()));
      }
      return result;
    } catch (InterruptedException e) {
      throw Waits.interrupted("running ipfs", e);
    } finally {
      process.destroyForcibly();
    }
  }
}
