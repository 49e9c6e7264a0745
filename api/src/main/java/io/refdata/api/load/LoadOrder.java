package io.refdata.api.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.refdata.api.request.AsOf;
import io.refdata.api.request.Parameters;
import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.catalogue.ItemSet;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.layout.Layout;
import io.refdata.domain.layout.LayoutDefinition;
import io.refdata.domain.load.LoadMode;
import io.refdata.persistence.dataset.Datasets;
import io.refdata.persistence.item.write.Items;
import io.refdata.persistence.layout.LayoutJson;
import io.refdata.persistence.layout.Layouts;
import io.refdata.persistence.load.Loads;
import io.refdata.persistence.load.Publications;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses the parameters of a load: the layout, the target, and the limits of rejects and deletions.
 */
@ApplicationScoped
class LoadOrder {
  private static final String PUBLISHED_AT = "publishedAt";
  private static final double DEFAULT_REJECTS = 0.1;
  private static final double DEFAULT_DELETES = 0.5;
  private static final Pattern TARGET = Pattern.compile("[A-Za-z0-9_@$/-]*");
  private static final Pattern RATIO = Pattern.compile("0?\\.\\d{1,9}|[01](\\.0{1,9})?");

  @Inject private Layouts layouts;
  @Inject private Datasets datasets;
  @Inject private Items items;
  @Inject private Publications publications;

  /**
   * Parses the parameters: {@code layout}, or {@code into} with a dataset for a long file whose
   * columns have the names of the dimensions.
   *
   * @throws Problem that names every invalid parameter
   */
  @Transactional
  Loads.Order read(Parameters parameters, @Nullable MediaType type) {
    MediaType sent = FileType.required(type);
    Optional<String> name = parameters.one("layout");
    Optional<String> into = parameters.one("into");
    LoadMode mode = parameters.oneOf("mode", LoadMode.class).orElse(LoadMode.UPSERT);
    boolean dryRun = parameters.flag("dryRun");
    double rejects = ratio(parameters, "maxRejectRatio", DEFAULT_REJECTS);
    double deletes = ratio(parameters, "maxDeleteRatio", DEFAULT_DELETES);
    Instant published = AsOf.instant(parameters, PUBLISHED_AT);
    if (published != null && published.isAfter(Instant.now())) {
      parameters.fault(PUBLISHED_AT, "must not be in the future");
    }
    Optional<Layout> layout = name.flatMap(Code::parse).flatMap(layouts::find);
    if (name.isPresent() == into.isPresent()) {
      parameters.fault("layout", "either this or into must be given");
    } else if (name.isPresent() && layout.isEmpty()) {
      parameters.fault("layout", "there is no layout '" + name.get() + "'");
    } else if (into.isPresent() && !into.get().startsWith("datasets/")) {
      parameters.fault("into", "without a layout a file goes into datasets/<code> only");
    }
    layout.ifPresent(found -> requireTarget(parameters, "layout", found.definition()));
    String definition =
        layout.map(Layout::definition).orElse("{\"into\":\"" + into.orElse("") + "\"}");
    if (layout.isEmpty() && into.isPresent() && TARGET.matcher(into.get()).matches()) {
      requireTarget(parameters, "into", definition);
    } else if (into.isPresent() && layout.isEmpty()) {
      parameters.fault("into", "must be datasets/<code>");
    }
    parameters.end();
    definition = withFormat(definition, sent);
    String target = LayoutJson.parse(definition).into();
    if (published != null) {
      requireNewest(target, published);
    }
    return new Loads.Order(
        name.orElse(null), target, definition, mode, dryRun, rejects, deletes, published);
  }

  /** Refuses a file that was published before what its dataset has already. */
  private void requireNewest(String target, Instant published) {
    publications
        .newest(target)
        .filter(published::isBefore)
        .ifPresent(
            newest -> {
              throw new Problem(
                  ProblemType.CONFLICT,
                  "%s has data that were published at %s. Load older editions first: a file that was published at %s would come too late."
                      .formatted(target, newest, published));
            });
  }

  /**
   * Sets what the media type says of the body in the definition: its format, and of text its
   * character set unless the layout says one; JSON is in UTF-8, whatever a parameter says. A layout
   * with another format cannot read the body.
   */
  private static String withFormat(String definition, MediaType type) {
    FileType file = FileType.of(type);
    ObjectNode members = LayoutJson.members(definition);
    String layoutFormat = members.path("format").asText("");
    String format = file.format().orElse(layoutFormat.isEmpty() ? "csv" : layoutFormat);
    if (!layoutFormat.isEmpty() && !layoutFormat.equals(format)) {
      throw new Problem(
          ProblemType.UNSUPPORTED_MEDIA_TYPE,
          "The layout reads %s, the body is %s.".formatted(layoutFormat, format));
    }
    String charset = type.getParameters().get("charset");
    if (format.equals("csv") && charset != null && !members.has("encoding")) {
      members.put("encoding", supported(charset));
    }
    if (file == FileType.TSV && !members.has("delimiter")) {
      members.put("delimiter", "\t");
    }
    return members.put("format", format).toString();
  }

  private static String supported(String charset) {
    try {
      return Charset.forName(charset).name();
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new Problem(
          ProblemType.UNSUPPORTED_MEDIA_TYPE,
          "The body's charset is none that can be read; UTF-8, ISO-8859-1 and windows-1252 are"
              + " some.");
    }
  }

  private void requireTarget(Parameters parameters, String parameter, String definition) {
    LayoutDefinition layout = LayoutJson.parse(definition);
    boolean exists =
        layout
            .dataset()
            .map(code -> Code.parse(code).flatMap(datasets::find).isPresent())
            .orElseGet(() -> ItemSet.named(layout.into()).filter(this::exists).isPresent());
    if (!exists) {
      parameters.fault(parameter, "there is no " + layout.into());
    }
  }

  private boolean exists(ItemSet set) {
    return set.list() == null || items.find(Catalogue.CODE_LISTS, set.list()).isPresent();
  }

  private static double ratio(Parameters parameters, String name, double defaultRatio) {
    Optional<String> text = parameters.one(name);
    Optional<Double> ratio =
        text.filter(value -> RATIO.matcher(value).matches())
            .map(Double::valueOf)
            .filter(value -> value <= 1);
    if (text.isPresent() && ratio.isEmpty()) {
      parameters.fault(name, "must be a number from 0 to 1");
    }
    return ratio.orElse(defaultRatio);
  }
}
