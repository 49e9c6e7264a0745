/** The rules of alerts, one class each. */
@NullMarked
package io.refdata.persistence.alert.rule;

import org.jspecify.annotations.NullMarked;
