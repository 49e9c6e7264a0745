package io.refdata.api.platform;

import java.io.File;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The application as it is delivered. */
public final class War {
  private War() {}

  /** The WAR that this build has packaged, for an Arquillian {@code @Deployment}. */
  public static WebArchive built() {
    return ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/refdata.war"));
  }
}
