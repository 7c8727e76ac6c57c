package dev.cairn.io.store;

/**
 * Whether a ref was moved, or will be found moved after a power loss, could not be found out (exit
 * code 6). Read the ref before moving it again.
 */
public final class CommitStateUnknownException extends StorageException {
  private static final long serialVersionUID = 1L;

  CommitStateUnknownException(String name, Throwable cause) {
    super("Cannot tell whether ref moved: " + name + " (" + cause.getMessage() + ")", cause);
  }
}
