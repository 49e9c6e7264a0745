package io.refdata.api.platform;

import java.io.File;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The application as it is delivered, deployed once for all Arquillian tests of a run. */
public final class PlatformDeployment {
  private PlatformDeployment() {}

  /** The WAR that this build has packaged. */
  @Deployment(testable = false)
  public static WebArchive war() {
    return ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/refdata.war"));
  }
}
