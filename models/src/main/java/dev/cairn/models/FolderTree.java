package dev.cairn.models;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A model in a folder. In the Hugging Face cache a file is a link to a blob that is named by its
 * digest: SHA-256 of the bytes for large ones, git's SHA-1 for others. There every file is hashed
 * as it is opened.
 */
final class FolderTree implements ModelTree {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern GIT = Pattern.compile("[0-9a-f]{40}");
  private static final String BLOBS = "blobs";

  private final Path folder;

  FolderTree(Path folder) {
    this.folder = folder;
  }

  @Override
  public boolean has(String path) {
    return Files.isRegularFile(folder.resolve(path));
  }

  @Override
  public Optional<InputStream> open(String path) throws IOException {
    Path file = folder.resolve(path);
    if (!has(path)) {
      return Optional.empty();
    }
    Path real = file.toRealPath();
    Path parent = real.getParent();
    if (Files.isSymbolicLink(file) && parent != null && parent.endsWith(BLOBS)) {
      verify(file, real, String.valueOf(real.getFileName()));
    }
    return Optional.of(Files.newInputStream(real));
  }

  /** True for the digest of a file in Git or, of a large one, its SHA-256. */
  static boolean isDigest(String name) {
    return SHA256.matcher(name).matches() || GIT.matcher(name).matches();
  }

  /**
   * Hashes a file.
   *
   * @param name its digest; a name that is none is not judged
   */
  static void verify(Path blob, String name) throws IOException {
    verify(blob, blob, name);
  }

  private static void verify(Path file, Path blob, String name) throws IOException {
    String found = name;
    if (SHA256.matcher(name).matches()) {
      found = Sha256.ofFile(blob);
    } else if (GIT.matcher(name).matches()) {
      found = gitDigest(blob);
    }
    if (!found.equals(name)) {
      throw new ModelFilesException(
          "Cannot use model file: "
              + file
              + " has digest "
              + found
              + " (its blob's: "
              + name
              + ")");
    }
  }

  /** Git's names are of SHA-1; what weighs is under SHA-256. */
  private static String gitDigest(Path blob) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      digest.update(("blob " + Files.size(blob) + "\0").getBytes(StandardCharsets.US_ASCII));
      try (InputStream in = new DigestInputStream(Files.newInputStream(blob), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
