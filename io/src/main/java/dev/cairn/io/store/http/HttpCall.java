package dev.cairn.io.store.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/** One request to an endpoint. Immutable, unless its body is. */
public final class HttpCall {
  private static final MediaType JSON = MediaType.get("application/json");

  private final String method;
  private final String path;
  private final String subject;
  private final List<Map.Entry<String, String>> query;
  private final List<Map.Entry<String, String>> headers;
  private final @Nullable RequestBody body;
  private final Pace pace;
  private final boolean repeatable;

  /** What a call's time is measured by. */
  enum Pace {
    /** An answer that begins soon and goes on: idle and total timeouts. */
    COMMAND,
    /** An answer that comes when the work is done: the total timeout alone. */
    WORK,
    /** An answer or request of any length: idle and stream timeouts. */
    STREAM
  }

  private HttpCall(
      String method,
      String path,
      String subject,
      List<Map.Entry<String, String>> query,
      List<Map.Entry<String, String>> headers,
      @Nullable RequestBody body,
      Pace pace,
      boolean repeatable) {
    this.method = method;
    this.path = path;
    this.subject = subject;
    this.query = query;
    this.headers = headers;
    this.body = body;
    this.pace = pace;
    this.repeatable = repeatable;
  }

  /**
   * A GET.
   *
   * @param path below the endpoint, without a slash before it
   * @param subject what is asked for, for messages
   */
  public static HttpCall get(String path, String subject) {
    return new HttpCall("GET", path, subject, List.of(), List.of(), null, Pace.COMMAND, true);
  }

  /** A HEAD. */
  public static HttpCall head(String path, String subject) {
    return new HttpCall("HEAD", path, subject, List.of(), List.of(), null, Pace.COMMAND, true);
  }

  /** A POST without a body. */
  public static HttpCall post(String path, String subject) {
    return new HttpCall(
        "POST", path, subject, List.of(), List.of(), RequestBody.EMPTY, Pace.COMMAND, true);
  }

  /** Adds a parameter of the query. */
  public HttpCall with(String name, String value) {
    return new HttpCall(
        method, path, subject, added(query, name, value), headers, body, pace, repeatable);
  }

  /** Adds a header. */
  public HttpCall header(String name, String value) {
    return new HttpCall(
        method, path, subject, query, added(headers, name, value), body, pace, repeatable);
  }

  /** Sends a body. */
  public HttpCall body(RequestBody other) {
    return new HttpCall(method, path, subject, query, headers, other, pace, repeatable);
  }

  /** Sends JSON. */
  public HttpCall json(byte[] json) {
    return body(RequestBody.create(json, JSON));
  }

  /** Its answer comes when some work is done: until then silence is no failure. */
  public HttpCall work() {
    return new HttpCall(method, path, subject, query, headers, body, Pace.WORK, repeatable);
  }

  /** Its request or answer may be of any length. */
  public HttpCall stream() {
    return new HttpCall(method, path, subject, query, headers, body, Pace.STREAM, repeatable);
  }

  /** Its effect differs if it is done twice: repeated only where it surely was not begun. */
  public HttpCall once() {
    return new HttpCall(method, path, subject, query, headers, body, pace, false);
  }

  private static List<Map.Entry<String, String>> added(
      List<Map.Entry<String, String>> to, String name, String value) {
    List<Map.Entry<String, String>> all = new ArrayList<>(to);
    all.add(Map.entry(name, value));
    return List.copyOf(all);
  }

  String method() {
    return method;
  }

  String path() {
    return path;
  }

  List<Map.Entry<String, String>> query() {
    return query;
  }

  List<Map.Entry<String, String>> headers() {
    return headers;
  }

  @Nullable RequestBody body() {
    return body;
  }

  Pace pace() {
    return pace;
  }

  /** True if it may be sent again though a server may have taken it. */
  boolean isRepeatable() {
    return repeatable && !isOneShot();
  }

  /** True if its body can be sent once only. */
  boolean isOneShot() {
    RequestBody sent = body;
    return sent != null && sent.isOneShot();
  }

  /** What is asked, for messages. */
  @Override
  public String toString() {
    return subject;
  }
}
