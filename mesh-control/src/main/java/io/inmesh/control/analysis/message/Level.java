package io.inmesh.control.analysis.message;

/** How bad a finding is, the worst first; istioctl's words. */
public enum Level {
    ERROR("Error"),
    WARNING("Warning"),
    INFO("Info");

    private final String shown;

    Level(String shown) {
        this.shown = shown;
    }

    /** The word in istioctl's output. */
    public String shown() {
        return shown;
    }

    /** Tells whether this is as bad as another level or worse. */
    public boolean atLeast(Level other) {
        return compareTo(other) <= 0;
    }
}
