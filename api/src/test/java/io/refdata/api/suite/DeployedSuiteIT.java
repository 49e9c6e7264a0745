package io.refdata.api.suite;

import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.ExcludePackages;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** The tests that ask one platform, which is deployed once, in the order of their names. */
@Suite
@SelectPackages("io.refdata.api")
@ExcludePackages({"io.refdata.api.platform", "io.refdata.api.fuzz", "io.refdata.api.suite"})
@IncludeClassNamePatterns(".*IT")
@ConfigurationParameter(
    key = "junit.jupiter.testclass.order.default",
    value = "org.junit.jupiter.api.ClassOrderer$ClassName")
class DeployedSuiteIT {}
