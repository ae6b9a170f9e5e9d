package io.inmesh.client.balance;

/** A picker whose endpoints come and go one at a time, at a cost that does not grow with their number. One thread changes it at a time. */
interface MemberPicker extends Picker {

    /** The endpoint of this index takes part; it did not before. */
    void join(int index);

    /** It takes part no longer; a pick under way may still choose it. */
    void leave(int index);
}
