package io.refdata.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class CallerTest {
  private static String network(String address) throws UnknownHostException {
    return Caller.network(InetAddress.getByName(address));
  }

  @Test
  void allAddressesOfANetworkOfIpv6AreOneSender() throws UnknownHostException {
    assertThat(network("2001:db8:1:2::1")).isEqualTo("2001:db8:1:2::/64");
    assertThat(network("2001:db8:1:2:ffff:ffff:ffff:ffff")).isEqualTo(network("2001:db8:1:2::1"));
    assertThat(network("2001:db8:1:3::1")).isNotEqualTo(network("2001:db8:1:2::1"));
    assertThat(network("::1")).isEqualTo("0:0:0:0::/64");
  }

  @Test
  void eachAddressOfIpv4IsASender() throws UnknownHostException {
    assertThat(network("192.0.2.1")).isEqualTo("192.0.2.1");
    assertThat(network("::ffff:192.0.2.1")).isEqualTo("192.0.2.1");
  }
}
