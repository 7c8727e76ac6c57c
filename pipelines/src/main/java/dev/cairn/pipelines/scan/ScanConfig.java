package dev.cairn.pipelines.scan;

import dev.cairn.io.store.http.Credentials;
import dev.cairn.io.store.http.Endpoint;
import dev.cairn.io.store.http.Retries;
import dev.cairn.io.store.tier.StorePolicy;
import dev.cairn.models.HubAccess;
import java.time.Duration;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A scan, validated. Immutable.
 *
 * @param query which repositories
 * @param cards true if each one's card is fetched too
 * @param limit records at most, or null
 * @param endpoint the hub
 * @param credentials sent to it, and to nobody else
 * @param maxRate requests a second at most
 * @param retries of a request that failed
 * @param ref that the dataset's commit moves
 * @param policy the store
 */
public record ScanConfig(
    HubQuery query,
    boolean cards,
    @Nullable Long limit,
    Endpoint endpoint,
    Credentials credentials,
    double maxRate,
    Retries retries,
    String ref,
    StorePolicy policy) {
  /** The pipeline's name, which is also its default ref. */
  public static final String NAME = "hub-scan";

  /** The hub itself. */
  public static final String HUB = HubAccess.HUB;

  /** Requests a second, if nothing else is said: far below the quota of who has no account. */
  public static final double MAX_RATE = 5;

  /** A busy hub is waited for: its quotas are counted over five minutes. */
  public static final Retries PATIENT =
      new Retries(10, Duration.ofMinutes(20), Duration.ofSeconds(1));

  /** Raised whenever the same records would give other tables. */
  private static final int FORMAT = 1;

  public ScanConfig {
    if (limit != null && limit < 1) {
      throw new IllegalArgumentException("Cannot use --limit: " + limit + " (at least 1)");
    }
    if (!(maxRate > 0 && maxRate <= 1000)) {
      throw new IllegalArgumentException(
          "Cannot use --max-rate: " + maxRate + " (more than 0, at most 1000 requests a second)");
    }
  }

  /** All that decides which records are in the dataset and what is told of each. */
  SortedMap<String, Object> settings() {
    SortedMap<String, Object> settings = query.settings();
    settings.put("format", FORMAT);
    settings.put("pipeline", NAME);
    settings.put("cards", cards);
    settings.put("endpoint", endpoint.toString());
    if (limit != null) {
      settings.put("limit", limit);
    }
    return settings;
  }

  /** What reaches the bytes of a shard beside its records. */
  String shardSettings() {
    return FORMAT + " " + cards + " " + endpoint;
  }
}
