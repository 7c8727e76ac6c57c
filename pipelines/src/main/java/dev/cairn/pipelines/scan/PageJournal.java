package dev.cairn.pipelines.scan;

import dev.cairn.io.dataset.ActionKey;
import dev.cairn.io.dataset.CanonicalJson;
import dev.cairn.io.store.LocalStore;
import dev.cairn.transforms.hub.HubKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The pages of a scan that are fetched, each kept as an action: one is there whole or not at all,
 * whenever the scan was killed. Two scans that ask for the same share one journal.
 */
final class PageJournal {
  private final LocalStore store;
  private final String job;

  PageJournal(LocalStore store, ScanConfig config) {
    this.store = store;
    byte[] settings = CanonicalJson.write(config.settings());
    this.job = ActionKey.of("scan").part(new String(settings, StandardCharsets.UTF_8)).hex();
  }

  /** The pages of a kind that follow each other from the first on. */
  List<ScanPage> pages(HubKind kind) throws IOException {
    List<ScanPage> pages = new ArrayList<>();
    Optional<String> page = store.wholeAction(key(kind, 0));
    while (page.isPresent()) {
      pages.add(ScanPage.fromJson(page.get()));
      page = store.wholeAction(key(kind, pages.size()));
    }
    return pages;
  }

  /** The first page of a kind, if it is there. */
  Optional<ScanPage> first(HubKind kind) throws IOException {
    Optional<String> page = store.wholeAction(key(kind, 0));
    return page.isEmpty() ? Optional.empty() : Optional.of(ScanPage.fromJson(page.get()));
  }

  /** Keeps a page, whose content is sealed. */
  void add(HubKind kind, int number, ScanPage page) throws IOException {
    store.keep(page.content());
    store.actions().put(key(kind, number), page.toJson(), List.of(page.content()));
  }

  /** Forgets all pages, the last first: what is left of them always follows each other. */
  void clear() throws IOException {
    for (HubKind kind : HubKind.values()) {
      List<String> keys = new ArrayList<>();
      for (String key = key(kind, 0); store.actions().get(key).isPresent(); ) {
        keys.add(0, key);
        key = key(kind, keys.size());
      }
      store.actions().remove(keys);
    }
  }

  private String key(HubKind kind, int number) {
    return "scan-" + job + "-" + kind + "-" + number;
  }
}
