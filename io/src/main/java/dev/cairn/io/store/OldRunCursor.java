package dev.cairn.io.store;

import dev.cairn.io.cid.MalformedContentException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The entries of a run that is merged into a new one; those of packs that are gone are left out.
 */
final class OldRunCursor extends RunCursor {
  private static final byte[] NO_PAGE = {};

  private final IndexRun run;
  private final int[] newNumbers;
  private ByteBuffer page = ByteBuffer.wrap(NO_PAGE);
  private long nextPage;

  /**
   * @param newNumbers for each pack of the run its number in the new one, -1 where it is gone
   */
  OldRunCursor(IndexRun run, int[] newNumbers) {
    this.run = run;
    this.newNumbers = newNumbers;
  }

  @Override
  boolean next() throws IOException {
    do {
      if (!page.hasRemaining()) {
        if (nextPage == run.pages()) {
          return false;
        }
        int bytes = run.entriesIn(nextPage) * RunFormat.ENTRY_BYTES;
        page = ByteBuffer.wrap(run.page(nextPage), 0, bytes).order(ByteOrder.LITTLE_ENDIAN);
        nextPage++;
      }
      page.get(key);
      int old = page.getInt();
      if (old < 0 || old >= newNumbers.length) {
        throw new MalformedContentException("Cannot read index run: pack " + old + " of none");
      }
      pack = newNumbers[old];
      offset = page.getLong();
      length = page.getInt();
    } while (pack < 0);
    return true;
  }

  /** The run belongs to those who look up in it. */
  @Override
  public void close() {}
}
