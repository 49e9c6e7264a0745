package io.refdata.persistence.load;

/**
 * An event that is fired when a load was recorded, was restarted, or was stopped. The code that
 * starts the jobs of loads observes it and looks at the queue at once; so the code that fires the
 * event need not depend on it.
 *
 * @param load its number
 * @param stopped true if the job that works on the load must stop
 */
public record LoadChanged(long load, boolean stopped) {}
