package dev.cairn.io.unixfs;

/** What a UnixFS node is. */
public enum NodeKind {
  FILE,
  DIRECTORY,
  SYMLINK
}
