package dev.cairn.io.beam;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;

/** What one tier did with what was written. */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class TierReceipt {
  /** It is there and stays through a power loss. */
  static final String STORED = "stored";

  /** A receipt; see the accessors. */
  @SchemaCreate
  public static TierReceipt of(String tier, String state, String reason) {
    return new AutoValue_TierReceipt(tier, state, reason);
  }

  /** The tier's name: {@code local}. */
  public abstract String getTier();

  /** {@code stored}, {@code queued} or {@code refused}. */
  public abstract String getState();

  /** Why it is not stored; empty if it is. */
  public abstract String getReason();
}
