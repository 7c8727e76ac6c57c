package dev.cairn.runners.cli;

import dev.cairn.io.store.Pin;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A pin as a line of output. */
final class PinLine {
  private PinLine() {}

  static void print(OutputOptions output, Pin pin) {
    String kind = pin.kind().name().toLowerCase(Locale.ROOT);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("cid", pin.cid().toString());
    fields.put("kind", kind);
    fields.put("why", pin.why());
    output.result(fields, pin.cid() + " " + kind + " " + pin.why());
  }
}
