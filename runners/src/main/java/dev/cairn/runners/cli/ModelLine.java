package dev.cairn.runners.cli;

import dev.cairn.models.ModelSpec;
import dev.cairn.pipelines.Models;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A model as a line. */
final class ModelLine {
  private ModelLine() {}

  static void print(OutputOptions output, Models.Model model) {
    ModelSpec spec = model.spec();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("model", model.ref().toString());
    fields.put("precision", spec.precision());
    fields.put("dimension", spec.dimension());
    fields.put("token_limit", spec.tokenLimit());
    fields.put("pooling", spec.pooling());
    fields.put("normalization", spec.normalization());
    fields.put("prefix", spec.prefix());
    fields.put("query_prefix", spec.queryPrefix());
    fields.put("weights", spec.weights());
    fields.put("tokenizer", spec.tokenizer());
    output.result(
        fields,
        String.format(
            Locale.ROOT,
            "%s  %s, %d floats, %s, up to %d tokens",
            model.ref(),
            spec.precision(),
            spec.dimension(),
            spec.pooling(),
            spec.tokenLimit()));
  }
}
