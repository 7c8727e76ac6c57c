package dev.cairn.models;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;

/**
 * One file of a model: its name on disk, the class-path resource that holds its bytes, and what
 * those bytes must be.
 */
record PinnedFile(String name, String resource, long bytes, String sha256) {

  /**
   * Makes the file in the folder whole: a file with the pinned bytes stays, anything else is
   * replaced in one step. Processes may do this at once; each ends with a whole file.
   */
  void ensureIn(Path folder) throws IOException {
    Path file = folder.resolve(name);
    if (!isWhole(file)) {
      write(file);
    }
  }

  private boolean isWhole(Path file) throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && Files.size(file) == bytes
        && Sha256.ofFile(file).equals(sha256);
  }

  private void write(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path temp = Files.createTempFile(folder, ".", ".tmp");
    try {
      String written = copyTo(temp);
      if (!written.equals(sha256)) {
        throw new ModelFilesException(
            "Cannot use model file: "
                + resource
                + " on the class path has SHA-256 "
                + written
                + " (pinned: "
                + sha256
                + ")");
      }
      Files.move(temp, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temp);
    }
  }

  private String copyTo(Path temp) throws IOException {
    MessageDigest digest = Sha256.digest();
    try (InputStream in = PinnedFile.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new ModelFilesException(
            "Cannot find model file: " + resource + " (expected on the class path)");
      }
      try (OutputStream out = new DigestOutputStream(Files.newOutputStream(temp), digest)) {
        in.transferTo(out);
      }
    } catch (ModelFilesException e) {
      throw e;
    } catch (IOException e) {
      // The system's message is of the reason alone, as "No space left on device".
      throw new IOException("Cannot write model file: " + temp + " (" + e.getMessage() + ")", e);
    }
    return Sha256.hex(digest);
  }
}
