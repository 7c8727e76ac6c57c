package dev.cairn.io.store.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.regex.Pattern;
import okhttp3.Dns;
import okhttp3.HttpUrl;

/**
 * Which machines an endpoint may lead to: public addresses, and the endpoint's own host and port if
 * that was named by an address or as {@code localhost}. So neither a redirect nor a name reaches
 * this machine or its network, whatever a name server says and whenever it says so: the addresses
 * that are judged are those that are connected to (storage.md, 6).
 *
 * <p>Kubo's gateway at {@code localhost} redirects to {@code CID.ipfs.localhost}, which is this
 * machine too (RFC 6761, 6.3), and allowed with it.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class Egress {
  private static final String LOCALHOST = "localhost";

  /** What OkHttp takes for an address, and so does not ask {@link Dns} for. */
  private static final Pattern LITERAL = Pattern.compile("[0-9a-fA-F]*:[0-9a-fA-F:.]*|[\\d.]+");

  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";

  private static final Pattern IP4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

  /** IPv4 addresses that are not global (IANA's special-purpose registry, and multicast). */
  private static final List<Net> SPECIAL =
      List.of(
          new Net(0x00000000, 8), // this network, and any-local
          new Net(0x0a000000, 8), // private
          new Net(0x64400000, 10), // carriers' NAT
          new Net(0x7f000000, 8), // loopback
          new Net(0xa9fe0000, 16), // link-local
          new Net(0xac100000, 12), // private
          new Net(0xc0000000, 24), // protocol assignments
          new Net(0xc0000200, 24), // documentation
          new Net(0xc0586300, 24), // 6to4 relays
          new Net(0xc0a80000, 16), // private
          new Net(0xc6120000, 15), // benchmarks
          new Net(0xc6336400, 24), // documentation
          new Net(0xcb007100, 24), // documentation
          new Net(0xe0000000, 4), // multicast
          new Net(0xf0000000, 4)); // reserved, and broadcast

  private final Endpoint named;
  private final Names names;

  private record Net(int prefix, int bits) {
    boolean holds(int address) {
      return (address ^ prefix) >>> (32 - bits) == 0;
    }
  }

  /** Looks up names. */
  @FunctionalInterface
  public interface Names {
    /** The addresses of a name, in the order in which they are tried. */
    List<InetAddress> lookup(String name) throws UnknownHostException;
  }

  /** A connection that may not be made. */
  static final class ForbiddenException extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    ForbiddenException(String message) {
      super(message);
    }
  }

  private Egress(Endpoint named, Names names) {
    this.named = named;
    this.names = names;
  }

  /** For an endpoint that a person named, with the names that this machine knows. */
  public static Egress of(Endpoint named) {
    return of(named, Dns.SYSTEM::lookup);
  }

  /** For an endpoint that a person named. */
  public static Egress of(Endpoint named, Names names) {
    return new Egress(named, names);
  }

  /**
   * Judges a URL before it is connected to; a name's addresses are judged by {@link #dns}.
   *
   * @throws ForbiddenException if it holds an address that may not be connected to
   */
  void check(HttpUrl url) throws UnknownHostException {
    String host = url.host();
    if (isNamed(host) && url.port() == named.port()) {
      return;
    }
    if (isLiteral(host)) {
      checkPublic(host, address(host));
    } else if (isNamed(host)) {
      throw new ForbiddenException(host + ":" + url.port() + " is not the port that was named");
    }
  }

  /** Looks up names for connections: fails where one of the addresses may not be connected to. */
  Dns dns() {
    return this::lookup;
  }

  private List<InetAddress> lookup(String host) throws UnknownHostException {
    if (isNamed(host)) {
      return names.lookup(host.endsWith("." + LOCALHOST) ? LOCALHOST : host);
    }
    List<InetAddress> addresses = names.lookup(host);
    for (InetAddress address : addresses) {
      checkPublic(host, address);
    }
    return addresses;
  }

  /** True for the endpoint's host if that may be anywhere. */
  private boolean isNamed(String host) {
    return named.host().equals(LOCALHOST)
        ? host.equals(LOCALHOST) || host.endsWith("." + LOCALHOST)
        : isLiteral(host) && host.equals(named.host());
  }

  private static boolean isLiteral(String host) {
    return LITERAL.matcher(host).matches();
  }

  /** The address in a URL; not of the forms that are read in more than one way. */
  private static InetAddress address(String literal) throws UnknownHostException {
    if (literal.indexOf(':') < 0 && !IP4.matcher(literal).matches()) {
      throw new ForbiddenException(literal + " is no address in its usual form");
    }
    return InetAddress.getByName(literal);
  }

  private static void checkPublic(String host, InetAddress address) throws UnknownHostException {
    if (!isPublic(address)) {
      String shown = address.getHostAddress();
      String what = host.equals(shown) ? host : host + " is at " + shown + ", which";
      throw new ForbiddenException(
          what + " is no public address; others are only used where they are named themselves");
    }
  }

  /** True if an address is another's than this machine's and its network's. */
  static boolean isPublic(InetAddress address) {
    ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
    return address instanceof Inet4Address ? isPublic4(bytes.getInt()) : isPublic6(bytes);
  }

  private static boolean isPublic4(int address) {
    return SPECIAL.stream().noneMatch(net -> net.holds(address));
  }

  /** Global unicast (2000::/3) without its special parts, and IPv4 addresses in its forms. */
  private static boolean isPublic6(ByteBuffer bytes) {
    int first = bytes.getInt(0);
    if (first == 0x0064ff9b && bytes.getInt(4) == 0 && bytes.getInt(8) == 0) {
      return isPublic4(bytes.getInt(12)); // NAT64
    }
    if (first >>> 16 == 0x2002) {
      return isPublic4(bytes.getInt(2)); // 6to4
    }
    boolean special =
        first >>> 9 == 0x20010000 >>> 9 // protocol assignments, Teredo
            || first == 0x20010db8 // documentation
            || first >>> 12 == 0x3fff0000 >>> 12; // documentation
    return first >>> 29 == 1 && !special;
  }
}
