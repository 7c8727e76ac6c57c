package dev.cairn.io.beam;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;

/** How an element becomes the bytes of a file: always the same bytes. */
@FunctionalInterface
interface FileBody<ContentT> extends Serializable {
  /** Writes one file; the stream is not closed here. */
  void write(ContentT content, OutputStream out) throws IOException;
}
