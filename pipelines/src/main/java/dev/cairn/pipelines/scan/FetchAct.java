package dev.cairn.pipelines.scan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.store.http.BadAnswerException;
import dev.cairn.io.store.http.RefusedException;
import dev.cairn.io.store.http.TooLongException;
import dev.cairn.io.store.http.UnavailableException;
import dev.cairn.io.unixfs.FileWriter;
import dev.cairn.io.unixfs.UnixFsWriter;
import dev.cairn.pipelines.RunListener;
import dev.cairn.transforms.hub.HubKind;
import dev.cairn.transforms.hub.HubRecord;
import dev.cairn.transforms.record.BadRecordException;
import dev.cairn.transforms.record.RecordJson;
import dev.cairn.transforms.record.SystemTemp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The first act of a scan: all pages of the listing, each kept as soon as it is there. What was
 * kept before is not asked for again.
 */
final class FetchAct {
  /** Records of a page: as many as the hub gives. */
  private static final int PAGE_RECORDS = 1000;

  /** Finds where records end, whatever is in them: that is judged record by record. */
  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final ScanConfig config;
  private final HubApi hub;
  private final LocalStore store;
  private final PageJournal journal;
  private final RunListener listener;
  private final String run;
  private final Map<HubKind, List<ScanPage>> pages = new TreeMap<>();

  FetchAct(
      ScanConfig config,
      HubApi hub,
      LocalStore store,
      PageJournal journal,
      RunListener listener,
      String run) {
    this.config = config;
    this.hub = hub;
    this.store = store;
    this.journal = journal;
    this.listener = listener;
    this.run = run;
  }

  /**
   * What was fetched.
   *
   * @param complete true if every listing was read to its end
   */
  record Fetched(Map<HubKind, List<ScanPage>> pages, boolean complete) {
    int count() {
      return pages.values().stream().mapToInt(List::size).sum();
    }

    long records() {
      return pages.values().stream().flatMap(List::stream).mapToLong(ScanPage::records).sum();
    }
  }

  /**
   * Fetches.
   *
   * @throws ScanIncompleteException if the hub does not give all
   */
  Fetched fetch() throws IOException {
    boolean complete = true;
    for (HubKind kind : config.query().kinds()) {
      List<ScanPage> known = new ArrayList<>(journal.pages(kind));
      pages.put(kind, known);
      if (!known.isEmpty()) {
        listener.note("goes on behind " + known.size() + " pages of " + kind + "s");
      }
      try {
        fetch(kind, known);
      } catch (RefusedException | UnavailableException | TooLongException e) {
        throw incomplete(e);
      }
      complete &= !known.isEmpty() && known.get(known.size() - 1).end();
    }
    return new Fetched(pages, complete);
  }

  private ScanIncompleteException incomplete(IOException e) {
    Fetched sofar = new Fetched(pages, false);
    return new ScanIncompleteException(sofar.count(), sofar.records(), e);
  }

  private void fetch(HubKind kind, List<ScanPage> known) throws IOException {
    long left = left();
    String next = next(kind, known, left);
    Set<String> asked = new HashSet<>();
    known.forEach(page -> asked.add(String.valueOf(page.next())));
    asked.remove(String.valueOf(next));
    while (next != null && left > 0) {
      if (!asked.add(next)) {
        throw new BadAnswerException(
            "Cannot go on: page " + known.size() + " leads back to one before (a listing ends)",
            null);
      }
      HubApi.Page page = hub.page(kind, next);
      ScanPage kept = keep(page, left);
      journal.add(kind, known.size(), kept);
      known.add(kept);
      next = kept.next();
      left = left();
      listener.note("page " + known.size() + " of " + kind + "s: " + kept.records() + " records");
    }
  }

  /** Records that may still be fetched. */
  private long left() {
    Long limit = config.limit();
    return limit == null ? Long.MAX_VALUE : limit - new Fetched(pages, false).records();
  }

  private @Nullable String next(HubKind kind, List<ScanPage> known, long left) {
    if (!known.isEmpty()) {
      return known.get(known.size() - 1).next();
    }
    long records = Math.min(PAGE_RECORDS, left);
    return HubApi.query(config.query().parameters(kind, records));
  }

  private ScanPage keep(HubApi.Page page, long left) throws IOException {
    try (BlockWriter writer = store.newWriter()) {
      FileWriter out = new UnixFsWriter(writer, SystemTemp.FOLDER).file();
      long records = 0;
      boolean tooOld = false;
      boolean cut = false;
      for (byte[] record : elements(page.body())) {
        tooOld = isTooOld(record);
        cut = !tooOld && records == left;
        if (tooOld || cut) {
          break;
        }
        out.write(record);
        out.write('\n');
        records++;
      }
      ScanPage kept =
          new ScanPage(
              run,
              Instant.now(),
              out.finish().cid(),
              records,
              tooOld || cut ? null : page.next(),
              tooOld || (!cut && page.next() == null));
      writer.seal();
      return kept;
    }
  }

  /** True for a record that was changed before what is asked for; so were all behind it. */
  private boolean isTooOld(byte[] record) {
    Instant since = config.query().since();
    if (since == null) {
      return false;
    }
    try {
      Long modified = HubRecord.ofApi(HubKind.MODEL, RecordJson.parse(record)).getLastModified();
      return modified != null && modified < ChronoUnit.MICROS.between(Instant.EPOCH, since);
    } catch (BadRecordException e) {
      return false; // it becomes a dead letter when it is read for good
    }
  }

  /** The elements of a JSON array, each on one line. */
  private static List<byte[]> elements(byte[] body) throws BadAnswerException {
    List<byte[]> elements = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw new BadAnswerException("Cannot read page: no list (a JSON array of records)", null);
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        long start = parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        long end = parser.currentLocation().getByteOffset();
        elements.add(line(body, (int) start, (int) end));
      }
      if (parser.nextToken() != null) {
        throw new BadAnswerException("Cannot read page: more behind its end (one list)", null);
      }
      return elements;
    } catch (BadAnswerException e) {
      throw e;
    } catch (JsonProcessingException e) {
      throw new BadAnswerException("Cannot read page: it is no JSON (an array of records)", e);
    } catch (IOException e) {
      throw new UncheckedIOException("no input or output over a byte array", e);
    }
  }

  /** In JSON a line end stands between tokens only. */
  private static byte[] line(byte[] body, int start, int end) {
    byte[] line = Arrays.copyOfRange(body, start, end);
    for (int i = 0; i < line.length; i++) {
      if (line[i] == '\n' || line[i] == '\r') {
        line[i] = ' ';
      }
    }
    return line;
  }
}
