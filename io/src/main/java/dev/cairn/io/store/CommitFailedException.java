package dev.cairn.io.store;

/** A ref was not moved, for a reason of storage; moving it again may succeed (exit code 6). */
public final class CommitFailedException extends StorageException {
  private static final long serialVersionUID = 1L;

  CommitFailedException(String name, Throwable cause) {
    super("Cannot move ref: " + name + " (not moved: " + cause.getMessage() + ")", cause);
  }
}
