@NullMarked
package io.refdata.persistence.alert.rule;

import org.jspecify.annotations.NullMarked;
