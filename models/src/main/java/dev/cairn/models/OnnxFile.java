package dev.cairn.models;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What an ONNX file says of itself, read by the wire format of protocol buffers (onnx.proto, IR
 * version 10): numbers of fields are the specification's. Weights are skipped, not read.
 *
 * @param operators kinds of its nodes, those of inner graphs too
 * @param inputs names of what it takes, weights not counted
 * @param external true if a tensor's bytes are in another file
 */
public record OnnxFile(SortedSet<String> operators, SortedSet<String> inputs, boolean external) {
  private static final Set<String> INT8 =
      Set.of(
          "MatMulInteger",
          "DynamicQuantizeLinear",
          "DynamicQuantizeMatMul",
          "QLinearMatMul",
          "QAttention",
          "MatMulIntegerToFloat");

  /** Graphs inside each other at most. */
  private static final int MAX_DEPTH = 16;

  /**
   * Reads a file.
   *
   * @throws ModelFilesException if it is not laid out as ONNX
   */
  public static OnnxFile read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size > Integer.MAX_VALUE) {
        throw new ModelFilesException("Cannot read model: " + file + " (at most 2 GiB)");
      }
      ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, size);
      Walk walk = new Walk();
      try {
        walk.model(bytes);
      } catch (IllegalArgumentException | java.nio.BufferUnderflowException e) {
        throw new ModelFilesException("Cannot read model: " + file + " (an ONNX file)");
      }
      walk.inputs.removeAll(walk.weights);
      return new OnnxFile(walk.operators, walk.inputs, walk.external);
    }
  }

  /** {@code int8} if it multiplies small integers, else {@code fp32}. */
  public String precision() {
    return operators.stream().anyMatch(INT8::contains) ? "int8" : "fp32";
  }

  /** What has been seen. */
  private static final class Walk {
    private final SortedSet<String> operators = new TreeSet<>();
    private final SortedSet<String> inputs = new TreeSet<>();
    private final SortedSet<String> weights = new TreeSet<>();
    private boolean external;

    /** Takes a field with its bytes; those of a number are empty. */
    private interface Fields {
      void field(int number, ByteBuffer bytes, long value);
    }

    private static void each(ByteBuffer message, Fields fields) {
      while (message.hasRemaining()) {
        long tag = varint(message);
        int number = Math.toIntExact(tag >>> 3);
        long value = 0;
        int length = 0;
        switch ((int) (tag & 7)) {
          case 0 -> value = varint(message);
          case 1 -> length = Long.BYTES;
          case 2 -> {
            long told = varint(message);
            if (told < 0 || told > message.remaining()) {
              throw new IllegalArgumentException("length " + told);
            }
            length = (int) told;
          }
          case 5 -> length = Integer.BYTES;
          default -> throw new IllegalArgumentException("wire type of " + tag);
        }
        if (length > message.remaining()) {
          throw new IllegalArgumentException("cut off");
        }
        fields.field(number, message.slice(message.position(), length), value);
        message.position(message.position() + length);
      }
    }

    private static long varint(ByteBuffer in) {
      long value = 0;
      for (int shift = 0; shift < Long.SIZE; shift += 7) {
        byte next = in.get();
        value |= (long) (next & 0x7f) << shift;
        if (next >= 0) {
          return value;
        }
      }
      throw new IllegalArgumentException("varint");
    }

    void model(ByteBuffer model) {
      each(
          model,
          (number, bytes, value) -> {
            if (number == 7) {
              graph(bytes, 0);
            } else if (number == 25) { // functions of the model's own
              each(
                  bytes,
                  (field, inner, ignored) -> {
                    if (field == 7) {
                      node(inner, 1);
                    }
                  });
            }
          });
    }

    private void graph(ByteBuffer graph, int depth) {
      if (depth > MAX_DEPTH) {
        throw new IllegalArgumentException("depth");
      }
      each(
          graph,
          (number, bytes, value) -> {
            switch (number) {
              case 1 -> node(bytes, depth);
              case 5 -> tensor(bytes, depth == 0);
              case 11 -> {
                if (depth == 0) {
                  name(bytes, 1, inputs);
                }
              }
              case 15 -> sparse(bytes);
              default -> {}
            }
          });
    }

    private void node(ByteBuffer node, int depth) {
      each(
          node,
          (number, bytes, value) -> {
            if (number == 4) {
              operators.add(text(bytes));
            } else if (number == 5) {
              attribute(bytes, depth);
            }
          });
    }

    private void attribute(ByteBuffer attribute, int depth) {
      each(
          attribute,
          (number, bytes, value) -> {
            if (number == 5 || number == 10) {
              tensor(bytes, false);
            } else if (number == 6 || number == 11) {
              graph(bytes, depth + 1);
            } else if (number == 22 || number == 23) {
              sparse(bytes);
            }
          });
    }

    /** Values and indices. */
    private void sparse(ByteBuffer tensor) {
      each(
          tensor,
          (number, bytes, value) -> {
            if (number == 1 || number == 2) {
              tensor(bytes, false);
            }
          });
    }

    private void tensor(ByteBuffer tensor, boolean named) {
      each(
          tensor,
          (number, bytes, value) -> {
            if (number == 13 || (number == 14 && value != 0)) {
              external = true;
            } else if (number == 8 && named) {
              weights.add(text(bytes));
            }
          });
    }

    private static void name(ByteBuffer message, int field, SortedSet<String> names) {
      each(
          message,
          (number, bytes, value) -> {
            if (number == field) {
              names.add(text(bytes));
            }
          });
    }

    private static String text(ByteBuffer bytes) {
      return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }
  }

  /** True if it takes what tokens are, and nothing that is unknown. */
  boolean takes(List<String> known) {
    return inputs.contains(known.get(0)) && known.containsAll(inputs);
  }
}
