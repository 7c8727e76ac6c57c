package dev.cairn.io.beam;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.util.SerializableUtils;

/** Values written by a sink of Beam, which keeps state: each file has a copy of its own. */
final class SinkBody<ValueT> implements FileBody<Iterable<ValueT>> {
  private static final long serialVersionUID = 1L;

  private final FileIO.Sink<ValueT> sink;

  SinkBody(FileIO.Sink<ValueT> sink) {
    this.sink = sink;
  }

  @Override
  public void write(Iterable<ValueT> values, OutputStream out) throws IOException {
    FileIO.Sink<ValueT> one = SerializableUtils.clone(sink);
    one.open(Channels.newChannel(out));
    for (ValueT value : values) {
      one.write(value);
    }
    one.flush();
  }
}
