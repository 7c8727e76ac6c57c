package dev.cairn.transforms.record;

import dev.cairn.io.cid.Cid;
import java.io.BufferedInputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of the input.
 *
 * @param path below the input root, with {@code /}
 * @param cid of its bytes, as UnixFS
 * @param size in bytes
 */
public record InputFile(String path, Cid cid, long size) {

  /** Appends it to a listing. */
  public void write(DataOutput out) throws IOException {
    out.writeUTF(path);
    byte[] name = cid.toBytes();
    out.writeShort(name.length);
    out.write(name);
    out.writeLong(size);
  }

  /** Reads the next of a listing. */
  public static InputFile read(DataInput in) throws IOException {
    String path = in.readUTF();
    byte[] name = new byte[in.readUnsignedShort()];
    in.readFully(name);
    return new InputFile(path, Cid.fromBytes(name), in.readLong());
  }

  /** Reads a whole listing; closes the stream. */
  public static List<InputFile> readAll(InputStream listing) throws IOException {
    List<InputFile> files = new ArrayList<>();
    try (PushbackInputStream bytes = new PushbackInputStream(new BufferedInputStream(listing))) {
      for (int next = bytes.read(); next >= 0; next = bytes.read()) {
        bytes.unread(next);
        files.add(read(new DataInputStream(bytes)));
      }
    }
    return files;
  }
}
