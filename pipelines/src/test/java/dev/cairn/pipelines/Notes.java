package dev.cairn.pipelines;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Remembers what a run told. */
public final class Notes implements RunListener {
  private final List<String> notes = Collections.synchronizedList(new ArrayList<>());

  @Override
  public void note(String text) {
    notes.add(text);
  }

  @Override
  public void progress(long tokens, long expected, double seconds) {
    notes.add("progress");
  }

  List<String> all() {
    return notes;
  }
}
