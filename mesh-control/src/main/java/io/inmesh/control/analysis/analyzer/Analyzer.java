package io.inmesh.control.analysis.analyzer;

/** Looks for one kind of oddity. Stateless. */
interface Analyzer {

    /** Istio's name of the analyser, or ours. */
    String name();

    void analyze(Items items, Report report);
}
