package dev.cairn.runners.cli;

import dev.cairn.io.car.CarSummary;
import dev.cairn.io.cid.Cid;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a CAR holds, as a line of output. */
final class CarLine {
  private CarLine() {}

  static void print(OutputOptions output, CarSummary summary) {
    List<String> roots = summary.roots().stream().map(Cid::toString).toList();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("roots", roots);
    fields.put("blocks", summary.blocks());
    fields.put("bytes", summary.bytes());
    output.result(fields, String.join("\n", roots));
  }
}
