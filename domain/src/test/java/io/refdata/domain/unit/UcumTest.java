package io.refdata.domain.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UcumTest {
  private static Ucum unit(String text) {
    return Ucum.parse(text).orElseThrow(() -> new AssertionError("no unit: " + text));
  }

  /**
   * By the definitions: BIPM's brochure on the SI, NIST's Handbook 44, the IEA's unit converter.
   */
  @ParameterizedTest
  @CsvSource({
    "1, GW.h, TJ, 3.6",
    "1.1, kW.h, MJ, 3.96",
    "1, [Btu_IT], J, 1055.05585262",
    "1, 10*15.[Btu_IT], EJ, 1.05505585262",
    "1, 41868.TJ, TW.h, 11.63",
    "1, 10*24.J, EJ, 1000000",
    "1, 10*-3.m, mm, 1",
    "1, 10^-3.m, mm, 1",
    "1, [lb_av], kg, 0.45359237",
    "1, [ston_av], t, 0.90718474",
    "1, [bbl_us], L, 158.987294928",
    "1, [gal_us], [bbl_us], 0.023809523809523808",
    "1, 10*9.m3, 10*9.[cft_i], 35.31466672148859",
    "3, Mt{CO2e}, t{CO2e}, 3000000",
    "1, g/(kW.h), kg/(MW.h), 1",
    "1, t/TJ, kg/GJ, 1",
    "25, %, 1, 0.25",
    "20, Cel, K, 293.15",
    "300, K, Cel, 26.85",
    "20, Cel, [degF], 68",
    "-40, [degF], Cel, -40",
    "1, a, d, 365.25",
    "1, J/1000, mJ, 1",
    "7, kW.h/({person}.a), kW.h/a/{person}, 7",
    "1, kg/(100.m), kg/m, 0.01",
    "5, {event}/100000.{person}, {event}/10*6.{person}, 50"
  })
  void valuesAreConvertedAsTheDefinitionsSay(double value, String from, String to, double result) {
    Factor factor = unit(from).to(unit(to)).orElseThrow();
    assertThat(factor.convert(value)).isEqualTo(result);
  }

  @Test
  void aFactorIsTheDoubleNextToTheExactOne() {
    assertThat(unit("J").to(unit("kW.h")).orElseThrow().rounded()).isEqualTo(1 / 3.6e6);
    Factor celsius = unit("[degF]").to(unit("Cel")).orElseThrow();
    assertThat(celsius.rounded()).isEqualTo(5.0 / 9);
    assertThat(celsius.roundedOffset()).isEqualTo(-160.0 / 9);
    assertThat(unit("W.h").to(unit("W.h")).orElseThrow().isOne()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "t, t{CO2e}",
    "t, GJ",
    "kW.h, kW.h/{person}",
    "{count}, {person}",
    "{event}/{person}, {person}/{event}",
    "{person}, 1/{person}",
    "t/(kW.{person}), t.{person}/kW",
    "W, J",
    "Cel, m",
    "dB, 1",
    "g/(kW.h), 1"
  })
  void whatMeasuresSomethingElseIsNotConverted(String from, String to) {
    assertThat(unit(from).to(unit(to))).isEmpty();
    assertThat(unit(to).to(unit(from))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "J, L2.M.T-2",
    "kW.h, L2.M.T-2",
    "MJ/m3, L-1.M.T-2",
    "t{CO2e}, M",
    "1, 1",
    "{person}, 1",
    "10*6.m3, L3",
    "[degF], K",
    "V, L2.M.T-3.I-1"
  })
  void aDimensionIsWrittenInOneWay(String text, String dimension) {
    assertThat(unit(text).dimension()).isEqualTo(dimension);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "MWh",
        "kWh",
        "foo",
        "kW.h/",
        "kW.h)",
        "m{",
        "m}",
        "m{a{b}}",
        "t CO2",
        "m³",
        "m100000",
        "m-1000",
        "10*99",
        "10*99999",
        "99999999999999999999.m",
        "Cel/m\n",
        "€",
        "ppm",
        "((((",
        "10*"
      })
  void whatIsNoExpressionIsRefused(String text) {
    assertThat(Ucum.parse(text)).isEmpty();
  }

  @Test
  void aLongOrDeepExpressionIsRefusedOrRead() {
    assertThat(Ucum.parse("m.".repeat(60) + "m")).isEmpty();
    assertThat(Ucum.parse("(".repeat(49) + "m" + ")".repeat(49))).isPresent();
  }

  @Test
  void severalThreadsMayAsk() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<Double> conversion = () -> unit("GW.h").to(unit("TJ")).orElseThrow().convert(10);
      for (Future<Double> result :
          threads.invokeAll(IntStream.range(0, 200).mapToObj(i -> conversion).toList())) {
        assertThat(result.get()).isEqualTo(36);
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
