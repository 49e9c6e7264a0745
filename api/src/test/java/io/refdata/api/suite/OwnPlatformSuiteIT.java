package io.refdata.api.suite;

import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** The tests that start and end platforms of their own, most of them more than one. */
@Suite
@SelectPackages({"io.refdata.api.platform", "io.refdata.api.fuzz"})
@IncludeClassNamePatterns(".*IT")
@ConfigurationParameter(
    key = "junit.jupiter.testclass.order.default",
    value = "org.junit.jupiter.api.ClassOrderer$ClassName")
class OwnPlatformSuiteIT {}
