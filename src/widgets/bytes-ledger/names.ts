/** What a row's sources are called where there is no room for their titles. */
export const SOURCE_NAMES: Readonly<Record<string, string>> = {
  rajbhandari2020: 'ZeRO, 2020',
  'nvidia-megatron-core-distopt': 'Megatron Core’s documentation',
  'nvidia-megatron-lm': 'Megatron-LM',
  smith2022: 'MT-NLG, 2022',
  'deepseekv3-2024': 'DeepSeek-V3, 2024',
  'deepspeed-code': 'DeepSpeed, runtime/zero',
  zhao2023: 'PyTorch FSDP, 2023',
  'nanotron-code': 'nanotron, optim',
  'transformer-engine-code': 'Transformer Engine',
  'transformer-engine-257': 'Transformer Engine, issue 257',
  'bitsandbytes-code': 'bitsandbytes',
  dettmers2022: '8-bit optimizers, 2022',
  hu2022: 'LoRA, 2022',
  'peft-code': 'PEFT',
  dettmers2023: 'QLoRA, 2023',
};
