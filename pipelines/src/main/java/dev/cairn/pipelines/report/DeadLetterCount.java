package dev.cairn.pipelines.report;

import dev.cairn.io.block.BlockStore;
import dev.cairn.io.dataset.DataFile;
import dev.cairn.io.dataset.DeadLetter;
import dev.cairn.io.dataset.Manifest;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.pipelines.ErrorFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts a dataset's dead letters by signature. */
final class DeadLetterCount {
  /** Signatures that are told at most; the rest is one line. */
  private static final int MAX_TOLD = 50;

  private static final Signature OTHERS = new Signature("", "others", "");

  private final Map<Signature, Long> counts = new LinkedHashMap<>();
  private final Map<Signature, String> examples = new LinkedHashMap<>();

  private DeadLetterCount() {}

  /** The most frequent signatures first, each with a file in which it is. */
  static List<Map<String, Object>> of(BlockStore store, Manifest manifest) throws IOException {
    DeadLetterCount count = new DeadLetterCount();
    for (DataFile file : manifest.table(DeadLetter.TABLE)) {
      ErrorFile.read(new UnixFs(store), file, count::add);
    }
    return count.toList();
  }

  private void add(DeadLetter letter) {
    Signature found = Signature.of(letter);
    Signature signature = counts.containsKey(found) || counts.size() < MAX_TOLD ? found : OTHERS;
    counts.merge(signature, 1L, Long::sum);
    examples.putIfAbsent(signature, letter.origin());
  }

  private List<Map<String, Object>> toList() {
    List<Map<String, Object>> told = new ArrayList<>();
    counts.entrySet().stream()
        .sorted(Map.Entry.<Signature, Long>comparingByValue(Comparator.reverseOrder()))
        .forEach(
            entry -> {
              Map<String, Object> fields = new LinkedHashMap<>();
              fields.put("count", entry.getValue());
              fields.put("stage", entry.getKey().stage());
              fields.put("code", entry.getKey().code());
              fields.put("reason", entry.getKey().reason());
              fields.put("example", String.valueOf(examples.get(entry.getKey())));
              told.add(fields);
            });
    return told;
  }
}
