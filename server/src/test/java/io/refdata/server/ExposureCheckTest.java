package io.refdata.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class ExposureCheckTest {
  private static final String DEVELOPMENT = "https://development.invalid";

  @Test
  void onTheLoopbackAddressAnythingGoes() throws Exception {
    for (String address : new String[] {"127.0.0.1", "127.8.8.8", "::1"}) {
      assertThat(
              ExposureCheck.fault(
                  InetAddress.getByName(address), "reader,editor,loader,operator", DEVELOPMENT))
          .isEmpty();
    }
  }

  @Test
  void elsewhereTokensOfDevelopmentAreRefused() throws Exception {
    for (String address : new String[] {"0.0.0.0", "10.0.0.1", "::"}) {
      assertThat(ExposureCheck.fault(InetAddress.getByName(address), "", DEVELOPMENT))
          .hasValueSatisfying(fault -> assertThat(fault).startsWith("refdata.access.issuer="));
      assertThat(
              ExposureCheck.fault(
                  InetAddress.getByName(address), "", "HTTPS://Development.Invalid/realm"))
          .isPresent();
    }
  }

  @Test
  void elsewhereAnybodyMayReadAtMost() throws Exception {
    InetAddress address = InetAddress.getByName("0.0.0.0");
    String issuer = "https://login.example.org";
    assertThat(ExposureCheck.fault(address, "", issuer)).isEmpty();
    assertThat(ExposureCheck.fault(address, "reader", issuer)).isEmpty();
    assertThat(ExposureCheck.fault(address, "editor", issuer)).isPresent();
    assertThat(ExposureCheck.fault(address, "reader,operator", issuer)).isPresent();
  }
}
