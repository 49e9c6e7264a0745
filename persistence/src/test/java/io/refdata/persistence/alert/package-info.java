@NullMarked
package io.refdata.persistence.alert;

import org.jspecify.annotations.NullMarked;
