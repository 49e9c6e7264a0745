package io.refdata.api.layout;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.refdata.db.PublishedFiles;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ArquillianTest
class ProposalsIT {
  private static final int MOST_BYTES = 1 << 16;

  private static ValidatableResponse propose(String into, byte[] file) {
    return given()
        .contentType("text/csv")
        .body(file)
        .post("/api/v1/layouts/proposal?into=" + into)
        .then();
  }

  private static ValidatableResponse propose(String into, String file) {
    return propose(into, file.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aProposalIsALayoutThatCanBeStored() {
    Response proposal =
        propose("regions", "alpha-3,name,alpha-2\nFRA,France,FR\nDEU,Germany,DE\n")
            .statusCode(200)
            .body("layout.properties.code.column", equalTo("alpha-3"))
            .body("layout.properties.kind.constant", equalTo("COUNTRY"))
            .body("preview.lines", equalTo(2))
            .body("preview.accepted[0].item.alpha2", equalTo("FR"))
            .extract()
            .response();
    given()
        .contentType("application/json")
        .body(proposal.jsonPath().<Map<String, Object>>get("layout"))
        .put("/api/v1/layouts/proposed-countries")
        .then()
        .statusCode(201);
  }

  @Test
  void whatCannotBeProposedIsAProblem() {
    propose("castles", "a,b\n1,2\n").statusCode(400).body("errors.parameter", hasItem("into"));
    propose("regions", "<!DOCTYPE html><html></html>")
        .statusCode(400)
        .body("detail", containsString("a web page"));
    for (String header : List.of(",\n", "a,a\n1,2\n", ",;\t|".repeat(16_000))) {
      propose("regions", header)
          .statusCode(400)
          .body("detail", containsString("No column of the file has a name of its own"));
    }
    propose("regions", new byte[MOST_BYTES + 1]).statusCode(413);
  }

  @ParameterizedTest
  @CsvSource({
    "country-codes.csv, regions, ISO3166-1-Alpha-3, CLDR display name",
    "iso3166-all.csv, regions, alpha-3, name",
    "power-plants-world.csv, facilities, gppd_idnr, name"
  })
  void aPublishedFileNeedsNoChange(String file, String into, String code, String name)
      throws IOException {
    byte[] first;
    try (InputStream in = Files.newInputStream(PublishedFiles.path(file))) {
      first = in.readNBytes(MOST_BYTES);
    }
    ValidatableResponse proposal =
        propose(into, first)
            .statusCode(200)
            .body("layout.properties.code.column", equalTo(code))
            .body("preview.rows.read", greaterThan(0))
            .body("preview.accepted", not(empty()));
    if (PublishedFiles.areWhole()) {
      // An extract has too few lines to tell the names of items from those of their regions.
      proposal
          .body("layout.properties.name.column", equalTo(name))
          .body("preview.rows.rejected", equalTo(0));
    }
  }
}
