package dev.cairn.io.beam;

import com.google.auto.value.AutoValue;
import dev.cairn.io.store.tier.Receipt;
import dev.cairn.io.unixfs.Written;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;

/** What was written, and what each tier did with it. */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class FileReceipt {

  /** A receipt; see the accessors. */
  @SchemaCreate
  public static FileReceipt of(
      String path, String cid, long bytes, long dagBytes, List<TierReceipt> tiers) {
    return new AutoValue_FileReceipt(path, cid, bytes, dagBytes, List.copyOf(tiers));
  }

  /** A receipt for what the local store has durably. */
  static FileReceipt local(String path, Written written, long bytes) {
    TierReceipt local = TierReceipt.of("local", TierReceipt.STORED, "");
    return of(path, written.cid().toString(), bytes, written.tsize(), List.of(local));
  }

  /** The same, with what became of it at the node, if one is written to. */
  FileReceipt delivered(Receipt receipt) {
    if (receipt.node() == Receipt.State.LOCAL) {
      return this;
    }
    List<TierReceipt> tiers = new ArrayList<>(getTiers());
    String state =
        receipt.node() == Receipt.State.DELIVERED ? TierReceipt.STORED : receipt.node().toString();
    tiers.add(TierReceipt.of("kubo", state, receipt.reason()));
    return of(getPath(), getCid(), getBytes(), getDagBytes(), tiers);
  }

  /** Where it lies below the folder that is written; empty for that folder itself. */
  public abstract String getPath();

  /** The CID of the file or folder. */
  public abstract String getCid();

  /** Bytes of content; of a folder, those of all files in it. */
  public abstract long getBytes();

  /** Bytes of all its blocks, each counted as often as it is linked. */
  public abstract long getDagBytes();

  /** What each tier did. */
  public abstract List<TierReceipt> getTiers();
}
