package io.actionscheduler.testing;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.EndTxnRequest;
import org.apache.kafka.common.requests.EndTxnResponse;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.TransactionResult;

/**
 * Kafka's protocol. A commit is the request EndTxn that asks for one, and its answer of success.
 */
public final class KafkaConversation implements Conversation {
  private final Map<Integer, RequestHeader> commits = new ConcurrentHashMap<>(); // unanswered

  @Override
  public Message request(DataInputStream in) throws IOException {
    ByteBuffer message = message(in);
    if (message.getShort(message.position()) != ApiKeys.END_TXN.id) {
      return new Message(message.array(), false);
    }
    RequestHeader header = RequestHeader.parse(message);
    EndTxnRequest request =
        EndTxnRequest.parse(new ByteBufferAccessor(message), header.apiVersion());
    boolean commit = request.result() == TransactionResult.COMMIT;
    if (commit) {
      commits.put(header.correlationId(), header);
    }
    return new Message(message.array(), commit);
  }

  @Override
  public Message answer(DataInputStream in) throws IOException {
    ByteBuffer message = message(in);
    RequestHeader asked = commits.remove(message.getInt(message.position()));
    boolean commit =
        asked != null
            && AbstractResponse.parseResponse(message, asked) instanceof EndTxnResponse response
            && response.error() == Errors.NONE;
    return new Message(message.array(), commit);
  }

  /** A whole message; positioned behind its length. */
  private static ByteBuffer message(DataInputStream in) throws IOException {
    int length = in.readInt();
    ByteBuffer message = ByteBuffer.allocate(Integer.BYTES + length).putInt(length);
    in.readFully(message.array(), Integer.BYTES, length);
    return message;
  }
}
