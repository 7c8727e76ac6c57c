package dev.cairn.runners.engine;

/**
 * Where a cluster's REST interface listens.
 *
 * @param host name or IPv4 address
 * @param port 1 to 65535
 */
public record FlinkAddress(String host, int port) {
  /**
   * Reads {@code HOST:PORT}, or the address of the web page.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static FlinkAddress parse(String text) {
    String address = text.replaceFirst("^http://", "").replaceFirst("/$", "");
    int colon = address.lastIndexOf(':');
    try {
      int port = Integer.parseInt(address.substring(colon + 1));
      if (colon > 0 && port > 0 && port < 1 << 16 && address.indexOf('/') < 0) {
        return new FlinkAddress(address.substring(0, colon), port);
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(refusal(text), e);
    }
    throw new IllegalArgumentException(refusal(text));
  }

  /** True if it names this machine. */
  public boolean isLoopback() {
    return host.equals("localhost") || host.startsWith("127.");
  }

  private static String refusal(String text) {
    return "Cannot use --flink-master: " + text + " ([local] or HOST:PORT)";
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
