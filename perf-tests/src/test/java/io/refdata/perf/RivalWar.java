package io.refdata.perf;

import io.refdata.perf.rival.JoinServlet;
import io.refdata.perf.rival.MemoryExtension;
import io.refdata.perf.rival.SeriesServlet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes the WAR of the hand-written programs, which is deployed beside the platform's WAR. */
final class RivalWar {
  private static final List<Class<?>> CLASSES =
      List.of(MemoryExtension.class, JoinServlet.class, SeriesServlet.class);

  private RivalWar() {}

  /**
   * Writes the WAR.
   *
   * @param resources files on its class path, by their names
   */
  static void write(Path war, Map<String, byte[]> resources) throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(war))) {
      for (Class<?> type : CLASSES) {
        String file = type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getClassLoader().getResourceAsStream(file)) {
          add(out, "WEB-INF/classes/" + file, in.readAllBytes());
        }
      }
      add(
          out,
          "WEB-INF/classes/META-INF/services/io.undertow.servlet.ServletExtension",
          MemoryExtension.class.getName().getBytes(StandardCharsets.UTF_8));
      add(
          out,
          "WEB-INF/jboss-deployment-structure.xml",
          """
          <jboss-deployment-structure xmlns="urn:jboss:deployment-structure:1.3">
            <deployment>
              <dependencies>
                <module name="io.undertow.core"/>
                <module name="io.undertow.servlet"/>
                <module name="com.fasterxml.jackson.core.jackson-core"/>
              </dependencies>
            </deployment>
          </jboss-deployment-structure>
          """
              .getBytes(StandardCharsets.UTF_8));
      for (Map.Entry<String, byte[]> resource : resources.entrySet()) {
        add(out, "WEB-INF/classes/" + resource.getKey(), resource.getValue());
      }
    }
  }

  private static void add(ZipOutputStream out, String name, byte[] bytes) throws IOException {
    out.putNextEntry(new ZipEntry(name));
    out.write(bytes);
    out.closeEntry();
  }
}
