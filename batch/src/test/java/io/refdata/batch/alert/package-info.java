@NullMarked
package io.refdata.batch.alert;

import org.jspecify.annotations.NullMarked;
