package io.inmesh.client.balance;

import java.util.random.RandomGenerator;

/** Chooses among some endpoints, at least one. Thread-safe; a pick allocates nothing. */
interface Picker {

    Endpoint pick(RandomGenerator chance);
}
