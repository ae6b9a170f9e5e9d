package io.inmesh.xds.decode;

import io.inmesh.xds.envoy.CoreAddress;
import io.inmesh.xds.envoy.CoreAddress.Address;
import io.inmesh.xds.envoy.CoreBase;
import io.inmesh.xds.envoy.CoreBase.HeaderValue;
import io.inmesh.xds.envoy.CoreBase.HeaderValueOption;
import io.inmesh.xds.model.CidrRange;
import io.inmesh.xds.model.HeaderMutations;
import io.inmesh.xds.model.HeaderMutations.Addition;
import io.inmesh.xds.model.HeaderMutations.AppendAction;
import io.inmesh.xds.model.Metadata;
import io.inmesh.xds.model.MetadataValue;
import io.inmesh.xds.model.SocketAddress;
import io.inmesh.xds.wire.Field;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.Struct;
import io.inmesh.xds.wire.Struct.ListValue;
import io.inmesh.xds.wire.Struct.Value;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code envoy/config/core/v3}: addresses, metadata, header changes. */
final class CommonDecoder {

    private static final Pattern IP_LITERAL = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private CommonDecoder() {}

    /** Null for a pipe or an address inside of Envoy; it is reported. */
    static @Nullable SocketAddress address(Fields fields) {
        return fields.nestedOrNull(Address.SOCKET_ADDRESS, socket -> {
            // TCP is all that we speak, and the default.
            if (socket.get(CoreAddress.SocketAddress.PROTOCOL) != CoreAddress.Protocol.TCP) {
                socket.unsupported("protocol");
            }
            long port = socket.get(CoreAddress.SocketAddress.PORT_VALUE);
            return new SocketAddress(
                    socket.get(CoreAddress.SocketAddress.ADDRESS), (int) Math.min(port, Integer.MAX_VALUE));
        });
    }

    static CidrRange cidrRange(Fields fields) {
        InetAddress address = ip(fields.get(CoreAddress.CidrRange.ADDRESS_PREFIX));
        long length = fields.or(CoreAddress.CidrRange.PREFIX_LEN, 0L);
        return new CidrRange(address, (int) Math.min(length, Integer.MAX_VALUE));
    }

    /** Only literals, so that no name is ever looked up. */
    private static InetAddress ip(String literal) {
        if (!IP_LITERAL.matcher(literal).matches()) {
            throw new IllegalArgumentException("Not an IP address: " + literal);
        }
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("Not an IP address: " + literal, e);
        }
    }

    static Metadata metadata(Fields fields) {
        Map<String, MetadataValue.Struct> byFilter = new LinkedHashMap<>();
        fields.get(CoreBase.Metadata.FILTER_METADATA).forEach((filter, value) -> byFilter.put(filter, struct(value)));
        return new Metadata(byFilter);
    }

    private static MetadataValue.Struct struct(Message struct) {
        Map<String, MetadataValue> values = new LinkedHashMap<>();
        struct.get(Struct.FIELDS).forEach((key, value) -> values.put(key, value(value)));
        return new MetadataValue.Struct(values);
    }

    private static MetadataValue value(Message value) {
        if (value.has(Value.STRING_VALUE)) {
            return new MetadataValue.Text(value.get(Value.STRING_VALUE));
        } else if (value.has(Value.NUMBER_VALUE)) {
            return new MetadataValue.Numeric(value.get(Value.NUMBER_VALUE));
        } else if (value.has(Value.BOOL_VALUE)) {
            return new MetadataValue.Bool(value.get(Value.BOOL_VALUE));
        } else if (value.has(Value.STRUCT_VALUE)) {
            return struct(value.get(Value.STRUCT_VALUE));
        } else if (value.has(Value.LIST_VALUE)) {
            return new MetadataValue.Items(value.get(Value.LIST_VALUE).get(ListValue.VALUES).stream()
                    .map(CommonDecoder::value)
                    .toList());
        }
        return new MetadataValue.Null();
    }

    /** The four fields that route configurations, virtual hosts, routes and weighted clusters have alike. */
    static HeaderMutations headers(
            Fields fields,
            Field<List<Message>> requestAdd,
            Field<List<String>> requestRemove,
            Field<List<Message>> responseAdd,
            Field<List<String>> responseRemove) {
        return new HeaderMutations(
                changes(fields, requestAdd, requestRemove), changes(fields, responseAdd, responseRemove));
    }

    private static HeaderMutations.Changes changes(
            Fields fields, Field<List<Message>> add, Field<List<String>> remove) {
        return new HeaderMutations.Changes(fields.each(add, CommonDecoder::addition), fields.get(remove));
    }

    private static Addition addition(Fields fields) {
        AppendAction action =
                switch (fields.get(HeaderValueOption.APPEND_ACTION)) {
                    case APPEND_IF_EXISTS_OR_ADD -> AppendAction.APPEND_IF_EXISTS_OR_ADD;
                    case ADD_IF_ABSENT -> AppendAction.ADD_IF_ABSENT;
                    case OVERWRITE_IF_EXISTS_OR_ADD -> AppendAction.OVERWRITE_IF_EXISTS_OR_ADD;
                    case OVERWRITE_IF_EXISTS -> AppendAction.OVERWRITE_IF_EXISTS;
                };
        // The deprecated field that append_action took the place of.
        boolean overwrite = !fields.or(HeaderValueOption.APPEND, true);
        boolean keepEmptyValue = fields.get(HeaderValueOption.KEEP_EMPTY_VALUE);
        AppendAction effective = overwrite ? AppendAction.OVERWRITE_IF_EXISTS_OR_ADD : action;
        return fields.nested(
                HeaderValueOption.HEADER,
                header -> new Addition(
                        header.get(HeaderValue.KEY), header.get(HeaderValue.VALUE), effective, keepEmptyValue));
    }
}
