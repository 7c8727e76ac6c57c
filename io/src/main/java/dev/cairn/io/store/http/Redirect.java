package dev.cairn.io.store.http;

import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Answers that say where to ask instead. */
final class Redirect {
  private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);

  private Redirect() {}

  /** True if the same request may be sent elsewhere. */
  static boolean is(Response response) {
    String method = response.request().method();
    return STATUSES.contains(response.code()) && (method.equals("GET") || method.equals("HEAD"));
  }

  /** Where to; null if that is nowhere, not http(s), or gives up https. */
  static @Nullable HttpUrl to(Response response) {
    HttpUrl from = response.request().url();
    String location = response.header("Location");
    HttpUrl to = location == null ? null : from.resolve(location);
    return to != null && from.isHttps() && !to.isHttps() ? null : to;
  }
}
