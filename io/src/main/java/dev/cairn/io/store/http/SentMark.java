package dev.cairn.io.store.http;

import okhttp3.Call;
import okhttp3.EventListener;

/** Whether a request left: from then on the endpoint may have acted on it. */
final class SentMark extends EventListener {
  private volatile boolean sent;

  static EventListener listener(Call call) {
    SentMark mark = call.request().tag(SentMark.class);
    return mark == null ? EventListener.NONE : mark;
  }

  boolean isSent() {
    return sent;
  }

  @Override
  public void requestHeadersStart(Call call) {
    sent = true;
  }
}
