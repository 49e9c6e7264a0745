package io.refdata.persistence.load;

/**
 * Fired when a load was put on record, is to be tried again, or was stopped: whoever starts the
 * jobs of loads looks at once, and need not be known to whoever fires it.
 *
 * @param load its number
 * @param stopped whether what is at work on it is to let it be
 */
public record LoadChanged(long load, boolean stopped) {}
