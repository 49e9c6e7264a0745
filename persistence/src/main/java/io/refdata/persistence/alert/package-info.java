/** Alerts: what opens and closes them, their record, who is told, and who is not for a while. */
@NullMarked
package io.refdata.persistence.alert;

import org.jspecify.annotations.NullMarked;
