package io.refdata.batch.proposal.sample;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.refdata.batch.load.time.TimeColumn;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.layout.Source;
import io.refdata.domain.layout.TimeForm;
import io.refdata.domain.layout.TimePattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the form of times by reading them in each form that there is. */
public final class TimeFinder {
  private static final Pattern CLOCK = Pattern.compile("\\d:\\d\\d|\\d{8}T?+\\d{4}");
  private static final Pattern DIGIT = Pattern.compile("\\d");
  private static final Pattern WORD = Pattern.compile("\\p{L}{3}");
  private static final Pattern FISCAL = Pattern.compile("\\d{4}[/-]\\d{2}|FY ?\\d{2,4}");
  private static final List<String> LANGUAGES = List.of("de", "fr", "es", "it", "nl", "pt", "pl");
  private static final int FIRST = 12;

  private final Frequency frequency;

  /**
   * A form of times.
   *
   * @param share the part of the texts that it reads
   * @param other another pattern that reads as many; null if there is none
   */
  public record Found(TimeForm form, double share, @Nullable String other) {
    /** Writes the form into a source. */
    public void putTo(ObjectNode source) {
      put(source, "pattern", form.pattern());
      put(source, "locale", form.locale());
      if (form.within()) {
        source.put("within", true);
      }
      put(source, "zone", form.zone());
      put(source, "fiscal", form.fiscal());
      if (form.excel()) {
        source.put("excel", true);
      }
      put(source, "epoch", form.epoch());
    }

    private static void put(ObjectNode source, String member, @Nullable String text) {
      if (text != null) {
        source.put(member, text);
      }
    }
  }

  public TimeFinder(Frequency frequency) {
    this.frequency = frequency;
  }

  /**
   * The form that reads most texts.
   *
   * @param numbers whether whole numbers may be seconds, or days as spreadsheets count them
   */
  public Found find(Collection<String> texts, boolean numbers) {
    List<String> all = new ArrayList<>(texts);
    Found best = new Found(TimeForm.USUAL, share(TimeForm.USUAL, all), null);
    if (all.isEmpty()
        || best.share() == 1
        || all.stream().noneMatch(text -> DIGIT.matcher(text).find())) {
      return best;
    }
    for (TimeForm form : forms(all, numbers)) {
      if (best.share() == 1) {
        break;
      }
      best = better(form, all, best);
      if (best.share() < 1) {
        best = better(within(form), all, best);
      }
    }
    return withOther(best, all);
  }

  private Found better(TimeForm form, List<String> texts, Found best) {
    // Most forms read none of the first texts.
    List<String> first = texts.subList(0, Math.min(FIRST, texts.size()));
    double share = share(form, first) == 0 ? 0 : share(form, texts);
    return share > best.share() ? new Found(form, share, null) : best;
  }

  private List<TimeForm> forms(List<String> texts, boolean numbers) {
    List<TimeForm> forms = new ArrayList<>();
    boolean clocks = most(texts, text -> CLOCK.matcher(text).find());
    boolean words = most(texts, text -> WORD.matcher(text).find());
    forms.add(TimeForm.USUAL);
    if (clocks && frequency.compareTo(Frequency.H) >= 0) {
      forms.add(new TimeForm(null, null, null, false, "UTC", null, null, null, false, null));
    }
    for (String pattern : TimePatterns.all(clocks)) {
      boolean months = pattern.contains("MMM");
      if (!months || words) {
        addPattern(forms, pattern, null);
      }
      for (String language : months && words ? LANGUAGES : List.<String>of()) {
        addPattern(forms, pattern, language);
      }
    }
    if (frequency.compareTo(Frequency.M) <= 0
        && texts.stream().anyMatch(text -> FISCAL.matcher(text).matches())) {
      forms.add(new TimeForm(null, null, null, false, null, null, null, "04", false, null));
    }
    if (numbers) {
      forms.add(new TimeForm(null, null, null, false, null, null, null, null, false, epoch(texts)));
      forms.add(new TimeForm(null, null, null, false, null, null, null, null, true, null));
    }
    return forms;
  }

  private static String epoch(List<String> texts) {
    return most(texts, text -> text.length() >= 12) ? "ms" : "s";
  }

  private static boolean most(List<String> texts, Predicate<String> test) {
    return 2 * texts.stream().filter(test).count() > texts.size();
  }

  /** Adds a pattern if it tells all that the frequency needs. */
  private void addPattern(List<TimeForm> forms, String pattern, @Nullable String language) {
    TimeForm form = TimeForm.of(pattern, language);
    if (TimePattern.of(form).lacksFor(frequency).isEmpty()) {
      forms.add(form);
    }
  }

  private static TimeForm within(TimeForm form) {
    return new TimeForm(
        form.pattern(),
        form.locale(),
        form.pivotYear(),
        true,
        form.zone(),
        form.zoneColumn(),
        form.zones(),
        form.fiscal(),
        form.excel(),
        form.epoch());
  }

  private double share(TimeForm form, List<String> texts) {
    TimeColumn times = new TimeColumn(frequency, Source.column("time", form));
    long read = texts.stream().filter(text -> times.parse(text) != TimeColumn.NONE).count();
    return texts.isEmpty() ? 0 : (double) read / texts.size();
  }

  /** Looks whether day and month could be the other way round. */
  private Found withOther(Found best, List<String> texts) {
    String pattern = best.form().pattern();
    if (pattern == null || TimePatterns.swapped(pattern).equals(pattern)) {
      return best;
    }
    String swapped = TimePatterns.swapped(pattern);
    TimeForm other = TimeForm.of(swapped, best.form().locale());
    boolean same = share(best.form().within() ? within(other) : other, texts) >= best.share();
    return same ? new Found(best.form(), best.share(), swapped) : best;
  }
}
